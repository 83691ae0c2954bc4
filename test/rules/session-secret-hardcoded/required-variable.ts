import session from 'express-session';
function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
}
// expect-none: session-secret-hardcoded
export default session({ secret: required('SESSION_SECRET') });
