/** Photos that can be shown in large: those that bring their stories along. */
export function photoLinks(): HTMLAnchorElement[] {
  return [...document.querySelectorAll<HTMLAnchorElement>('a.photo')].filter(hasStory);
}

export function hasStory(link: Element): boolean {
  return link.nextElementSibling instanceof HTMLTemplateElement;
}
