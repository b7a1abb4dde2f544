/**
 * Puts a text on the clipboard. On plain http a browser has no Clipboard API: there the old way, a selection, is taken.
 * @returns whether it went
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    // Not there outside a secure context, whatever the types say.
    if (navigator.clipboard as Clipboard | undefined) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // The browser refused (no permission, no focus): the old way may still work.
  }
  return copySelected(text);
}

function copySelected(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}
