const step = (n) => { let s = 0; for (let i = 0; i < 200; i++) { s += (i * n) ^ (i + 3); } return s; };
export async function init() { for (let i = 0; i < 250; i++) { step(i); } }
