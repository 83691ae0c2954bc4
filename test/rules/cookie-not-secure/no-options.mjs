import express from 'express';
const app = express();
app.get('/', (request, response) => {
  // expect: cookie-not-secure
  response.cookie('session_id', request.sessionID);
  // expect-none: cookie-not-secure
  response.cookie('theme', 'dark');
  response.end();
});
app.listen(3000);
