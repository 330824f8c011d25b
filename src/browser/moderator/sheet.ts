/** The sheet with the reasons: opened by a key it waits for the number of one. */
export function toggleReject(main: ParentNode): boolean {
  const sheet = rejectSheet(main);
  if (!sheet) return false;
  sheet.open = !sheet.open;
  return sheet.open;
}

export function closeSheets(main: ParentNode): void {
  for (const sheet of main.querySelectorAll<HTMLDetailsElement>('.sheet[open]')) {
    const held = sheet.contains(document.activeElement);
    sheet.open = false;
    if (held) sheet.querySelector('summary')?.focus();
  }
}

/** The button of a reason by its number, while the reasons are shown. */
export function reasonButton(main: ParentNode, key: string): HTMLButtonElement | undefined {
  const sheet = rejectSheet(main);
  if (!sheet?.open || !/^[1-9]$/.test(key)) return undefined;
  const buttons = sheet.querySelectorAll<HTMLButtonElement>('button[name="reason"]');
  return buttons[Number(key) - 1];
}

function rejectSheet(main: ParentNode): HTMLDetailsElement | null {
  return main.querySelector('[data-part="reject"]');
}
