const session = require('cookie-session')
const express = require('express')
const app = express()

const expiryDate = new Date(Date.now() + 60 * 60 * 1000) // 1 hour
app.use(session({
  name: 'session',
  keys: ['key1', 'key2'],
  cookie: {
    secure: true,
    httpOnly: true,
    domain: 'example.com',
    path: 'foo/bar',
    expires: expiryDate
  }
}))

app.get('/', (req, res) => {
  req.session.views = (req.session.views || 0) + 1
  res.send(`${req.session.views} views`)
})

const server = app.listen(process.env.PORT || 3000, process.env.HOST, () => {
  console.log(`listening on port ${server.address().port}`)
})
