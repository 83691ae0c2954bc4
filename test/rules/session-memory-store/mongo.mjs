import MongoStore from 'connect-mongo';
import session from 'express-session';
// expect-none: session-memory-store
export default session({ secret: process.env.SECRET, store: MongoStore.create({ mongoUrl: process.env.MONGO }) });
