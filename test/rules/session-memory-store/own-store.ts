import session, { Store } from 'express-session';
class DatabaseStore extends Store {
  get() {}
  set() {}
  destroy() {}
}
// expect-none: session-memory-store
export default session({ secret: process.env.SECRET!, store: new DatabaseStore() });
