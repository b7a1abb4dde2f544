import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Lab } from '../parts/lab.js';

/** Code that runs until it is let go: nobody has to guess how long a page takes on a loaded machine. */
export interface Held {
  code: string;
  letGo: () => void;
}

/** Such code, and a result that it shows at its end. */
export function held({ root }: Lab): Held {
  const sign = join(root, `go-${randomUUID()}`);
  const code = `import os, time\nwhile not os.path.exists(${JSON.stringify(sign)}): time.sleep(0.02)\n"whole"`;
  return { code, letGo: () => writeFileSync(sign, '') };
}
