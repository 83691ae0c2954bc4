import express from 'express';
import helmet from 'helmet';
const app = express();
app.use(express.static('public'));
// expect: helmet-late
app.use(helmet());
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
