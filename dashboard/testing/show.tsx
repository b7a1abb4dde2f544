import { type ReactNode } from 'react';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { configure, render, type RenderResult } from '@testing-library/react';
import { type Language } from '@celltrail/protocol/locales';
import { ClientProvider } from '../client.js';
import { createQueries } from '../queries.js';
import { LanguageProvider } from '../shell/language.js';
import { Portal } from '../shell/Portal.js';
import { FakeClient } from './fake-client.js';

// How long a `findBy…` waits, in ms: a loaded machine takes its time to draw.
configure({ asyncUtilTimeout: 20_000 });

/** Shows a part or a screen in a language, with what it finds above it in the portal. */
export function show(part: ReactNode, language: Language = 'en', client = new FakeClient()): RenderResult {
  return render(
    <ClientProvider value={client}>
      <QueryClientProvider client={createQueries(1)}>
        <MantineProvider env="test">
          <LanguageProvider language={language} onChoose={() => undefined}>
            {part}
          </LanguageProvider>
        </MantineProvider>
      </QueryClientProvider>
    </ClientProvider>
  );
}

/** Shows the whole portal at a path. */
export function showPortal(client: FakeClient, path = '/portal'): RenderResult {
  history.replaceState(null, '', path);
  return render(<Portal client={client} queries={createQueries(1)} />);
}

/** Finds a line of code by all of its text: its colours cut it into pieces. */
export function code(text: string): (content: string, element: Element | null) => boolean {
  const flat = (value: string | null) => value?.replace(/\s+/g, ' ').trim();
  return (_, element) => element?.tagName === 'BDI' && flat(element.textContent) === flat(text);
}
