const BYTES = 18;

/** Which content a key was used for. The same content keeps its key, so that it arrives once. */
export function openKeys() {
  let last: { content: string; photo: Blob; key: string } | undefined;
  return (fields: readonly (readonly [string, string])[], photo: Blob): string => {
    const content = JSON.stringify(fields);
    if (last?.content !== content || last.photo !== photo)
      last = { content, photo, key: makeKey() };
    return last.key;
  };
}

function makeKey(): string {
  const letters = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(BYTES)));
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_');
}
