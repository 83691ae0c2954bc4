export const production = { secret: process.env.SECRET! };
