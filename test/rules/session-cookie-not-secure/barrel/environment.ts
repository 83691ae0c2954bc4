const environment = process.env.NODE_ENV || 'development';
export const isProduction = (): boolean => environment === 'production';
export default isProduction;
