/** Which key does the same; shown where scripts and a keyboard are. */
export function Key({ of }: { of: string }) {
  return (
    <span class="key" aria-hidden="true">
      {of}
    </span>
  );
}
