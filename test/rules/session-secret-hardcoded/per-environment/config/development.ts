export const development = { secret: 'development' };
