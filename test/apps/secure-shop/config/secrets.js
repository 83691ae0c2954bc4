const MINIMUM_LENGTH = 32;

/** Reads a secret from the environment; without a proper one the shop must not start. */
export function requireSecret(name) {
  const value = process.env[name];
  if (!value || value.length < MINIMUM_LENGTH) {
    throw new Error(`${name} must be set to a random value of at least ${MINIMUM_LENGTH} characters`);
  }
  return value;
}

/** The secret before the current one, while a rotation lasts: it still verifies cookies but signs none. */
export function previousSecret(name) {
  return process.env[name] ? [requireSecret(name)] : [];
}
