/** The repository's top folder, seen from the sources and from `dist/` alike. */
export const root = new URL('../', import.meta.url);
