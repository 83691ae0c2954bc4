export { createSession as session } from './create-session';
