/** Fills in the city of the chosen embassy, unless a person wrote another one. */
export function followCity(select: HTMLSelectElement, city: HTMLInputElement): void {
  let filled = select.selectedOptions[0]?.dataset.city ?? '';
  select.addEventListener('change', () => {
    const chosen = select.selectedOptions[0]?.dataset.city ?? '';
    if (city.value.trim() !== '' && city.value !== filled) return;
    city.value = filled = chosen;
  });
}
