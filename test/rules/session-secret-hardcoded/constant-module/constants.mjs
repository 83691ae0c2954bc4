export const SESSION_SECRET = 'a long text that everybody can read here';
