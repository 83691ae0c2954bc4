import express, { type Express } from 'express';
// expect-none: helmet-missing
export const createApp = (): Express => express();
