import * as sessions from './sessions';
export const middleware = { ...sessions };
