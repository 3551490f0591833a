// What axe finds and we accept: `{ rule, where, because }`, `where` a pattern of the address.
// Empty is right. Whoever adds a line says why nobody is kept out by it.

export const EXCEPTIONS = [];
