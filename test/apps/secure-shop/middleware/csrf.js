import { csrfSync } from 'csrf-sync';

/** A token in the session and in each form, on top of SameSite. */
export const { csrfSynchronisedProtection: csrfProtection } = csrfSync({
  getTokenFromRequest: (req) => req.body?._csrf,
});
