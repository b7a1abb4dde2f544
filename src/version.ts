/** The extension's own version, as the pages tell it; a test holds it to package.json. */
export const EXTENSION_VERSION = '0.1.0';
