import './shell/styles.js';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createClient } from '@celltrail/protocol/client';
import { createQueries } from './queries.js';
import { Portal } from './shell/Portal.js';

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Portal client={createClient('')} queries={createQueries()} />
  </StrictMode>
);
