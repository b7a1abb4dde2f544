import './shell/styles.js';
import { StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { createClient } from '@celltrail/protocol/client';
import { createQueries } from './queries.js';
import { Portal } from './shell/Portal.js';

const root = createRoot(document.getElementById('root')!);

// At once: painting waits for this script (vite.config.ts), so the first frame already is the portal's.
flushSync(() =>
  root.render(
    <StrictMode>
      <Portal client={createClient('')} queries={createQueries()} />
    </StrictMode>
  )
);
