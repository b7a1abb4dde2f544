/** Names under which this browser remembers what a person chose. */
export const REMEMBERED = {
  language: 'celltrail.language',
  installationLanguage: 'celltrail.installation-language',
  theme: 'celltrail.theme',
  keys: 'celltrail.keys',
  role: 'celltrail.role',
  calendar: 'celltrail.calendar',
  searches: 'celltrail.searches'
} as const;

/** What was kept under that name; null when nothing was, or when the browser keeps nothing (storage denied). */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Keeps a choice for the next visit. @returns whether the browser kept it; without storage it lasts as long as the page */
export function remember(name: string, value: string): boolean {
  try {
    localStorage.setItem(name, value);
    return true;
  } catch {
    return false;
  }
}
