interface Change {
  ids: string[];
}

interface Listener {
  changed(ids: ReadonlySet<string>): void;
  /** What is shown may be older than the stream; `again`: changes may have been missed since. */
  opened(again: boolean): void;
}

/** Changes that come while others are being looked at wait for so long. */
const GATHER_MS = 300;

/**
 * Tells of photos that change. Only while somebody looks at the page: each stream holds a
 * connection, and a browser has few for one host.
 */
export function listenToChanges(listener: Listener): void {
  let source: EventSource | undefined;
  let again = false;
  let gathered = new Set<string>();

  function tell(): void {
    const ids = gathered;
    gathered = new Set();
    listener.changed(ids);
  }

  function open(): void {
    source = new EventSource('/api/v1/moderation/events');
    source.addEventListener('open', () => {
      listener.opened(again);
      again = true;
    });
    source.addEventListener('change', ({ data }: MessageEvent<string>) => {
      if (gathered.size === 0) setTimeout(tell, GATHER_MS);
      for (const id of (JSON.parse(data) as Change).ids) gathered.add(id);
    });
  }

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) source?.close();
    else open();
  });
  if (!document.hidden) open();
}
