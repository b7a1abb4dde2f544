import { Component, type ReactNode } from 'react';
import { Message } from '../parts/Message.js';

interface BoundaryProps {
  title: string;
  fix: string;
  children: ReactNode;
}

/** Keeps the failure of one screen inside it: the frame stays, and the person sees what to report. */
export class Boundary extends Component<BoundaryProps, { error: Error | null }> {
  override state = { error: null as Error | null };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    const { title, fix, children } = this.props;
    if (!error) return children;
    return (
      <Message icon="warning" tone="bad" title={title} urgent>
        <p>{fix}</p>
        <bdi dir="ltr">
          <code>{error.message}</code>
        </bdi>
      </Message>
    );
  }
}
