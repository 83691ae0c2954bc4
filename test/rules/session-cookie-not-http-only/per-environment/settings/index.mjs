import development from './development.mjs';
import production from './production.mjs';
export default process.env.NODE_ENV === 'production' ? production : development;
