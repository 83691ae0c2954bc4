import session from 'koa-session';
import express from 'express';
// expect-none: session-cookie-same-site
const other = session({ sameSite: 'none' });
express().use(other).listen(3000);
