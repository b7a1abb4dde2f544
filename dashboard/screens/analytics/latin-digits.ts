/** Persian and Arabic digits as Latin ones: a number may be typed with either. */
export function latinDigits(text: string): string {
  return text.replace(/[\u06F0-\u06F9\u0660-\u0669]/g, digit => String(digit.charCodeAt(0) & 0xf));
}
