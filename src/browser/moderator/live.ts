interface Change {
  ids: string[];
}

/** Changes that come while others are being looked at wait for so long. */
const GATHER_MS = 300;

/**
 * Calls back with the ids of photos that changed, and with null when some may have been missed.
 * Only while somebody looks at the page: each stream holds a connection.
 */
export function listenToChanges(changed: (ids: ReadonlySet<string> | null) => void): void {
  let source: EventSource | undefined;
  let missed = false;
  let gathered = new Set<string>();
  let gathering = false;

  function tell(): void {
    gathering = false;
    const ids = missed ? null : gathered;
    missed = false;
    gathered = new Set();
    changed(ids);
  }

  function soon(): void {
    if (!gathering) setTimeout(tell, GATHER_MS);
    gathering = true;
  }

  function open(): void {
    source = new EventSource('/api/v1/moderation/events');
    source.addEventListener('open', () => {
      if (missed) soon();
    });
    source.addEventListener('error', () => {
      missed = true;
    });
    source.addEventListener('change', ({ data }: MessageEvent<string>) => {
      for (const id of (JSON.parse(data) as Change).ids) gathered.add(id);
      soon();
    });
  }

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      source?.close();
      missed = true;
    } else open();
  });
  if (!document.hidden) open();
}
