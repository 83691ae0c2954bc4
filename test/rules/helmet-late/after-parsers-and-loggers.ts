import express from 'express';
import helmet from 'helmet';
import morgan from 'morgan';
import compression from 'compression';
const app = express();
app.set('trust proxy', 1);
app.use(morgan('combined'));
app.use(compression());
app.use(express.json());
app.use(express.urlencoded({ extended: false }));
// expect-none: helmet-late
app.use(helmet());
app.get('/', (_request, response) => { response.send('hello'); });
app.listen(3000);
