import express from 'express';
import session from 'express-session';
async function loadConfig() {
  await new Promise((resolve) => setTimeout(resolve, 10));
  return { secure: process.env.NODE_ENV === 'production' };
}
async function main() {
  const app = express();
  const { secure } = await loadConfig();
  // expect-none: session-cookie-not-secure
  app.use(session({ secret: process.env.SECRET, cookie: { secure } }));
  app.listen(3000);
}
main().catch((error) => {
  console.error(error);
  process.exit(1);
});
