/** A field of a posted form as trimmed text; a missing or repeated one counts as empty. */
export function textField(body, name, maxLength = 200) {
  const value = body?.[name];
  return typeof value === 'string' && value.length <= maxLength ? value.trim() : '';
}

/** An email address in the form in which it is kept, or the empty string. */
export function emailField(body) {
  const value = textField(body, 'email').toLowerCase();
  const at = value.lastIndexOf('@');
  return at > 0 && at < value.length - 1 && !value.includes(' ') ? value : '';
}
