function isPlain(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

module.exports = function merge(target, ...sources) {
  if (sources.length === 0) return target;
  const source = sources.shift();
  if (isPlain(target) && isPlain(source)) {
    for (const key in source) {
      if (isPlain(source[key])) {
        if (!target[key]) target[key] = {};
        merge(target[key], source[key]);
      } else {
        target[key] = source[key];
      }
    }
  }
  return merge(target, ...sources);
};
