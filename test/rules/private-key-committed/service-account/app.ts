import express from 'express';
import admin from 'firebase-admin';
import account from './account.json';
admin.initializeApp({ credential: admin.credential.cert(account) });
express().listen(process.env.PORT);
