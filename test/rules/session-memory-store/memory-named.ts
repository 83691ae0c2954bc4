import session, { MemoryStore } from 'express-session';
const store = new MemoryStore();
// expect: session-memory-store
export default session({ secret: process.env.SECRET!, store });
