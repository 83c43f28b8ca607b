import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { announce } from './announcer';
import { ConfirmDialog } from './confirm-dialog';

interface EnableButtonProps {
  enabled: boolean;
  label: string;
  /** The question that comes first, and what a yes means. */
  title: string;
  meaning: string;
  /** Told when it has happened. */
  done: string;
  change: (enabled: boolean) => Promise<unknown>;
}

/** On and off, each with what it means before it happens. */
export function EnableButton({ enabled, label, title, meaning, done, change }: EnableButtonProps): ReactElement {
  const [asking, setAsking] = useState(false);
  const question = { label, title, meaning, done, next: !enabled };
  // Once it has happened, or somebody else has done it, the question still says what was asked, not the opposite.
  const [asked, setAsked] = useState(question);
  const switching = useMutation({
    mutationFn: () => change(asked.next),
    onSuccess: () => {
      setAsking(false);
      announce(asked.done);
    },
  });
  return (
    <>
      <Button
        type={enabled ? 'default' : 'primary'}
        onClick={() => {
          switching.reset();
          setAsked(question);
          setAsking(true);
        }}
      >
        {label}
      </Button>
      <ConfirmDialog
        open={asking}
        title={asked.title}
        confirm={asked.label}
        busy={switching.isPending}
        error={switching.error}
        onConfirm={() => switching.mutate()}
        onClose={() => setAsking(false)}
      >
        <p>{asked.meaning}</p>
      </ConfirmDialog>
    </>
  );
}
