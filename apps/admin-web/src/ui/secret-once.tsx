import { Button, Modal } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { Command } from './command';
import './secret-once.css';

interface SecretOnceProps {
  title: string;
  /** What it is, and itself. Undefined: closed. */
  secret: { label: string; text: string } | undefined;
  /** What to do with it. */
  help: ReactNode;
  /** The words of the button: it is kept somewhere now. */
  done: string;
  /** It is forgotten. */
  onClose: () => void;
  children?: ReactNode;
}

/** Something that shows here and never again. It is not kept anywhere: closing is forgetting, and takes the button. */
export function SecretOnce({ title, secret, help, done, onClose, children }: SecretOnceProps): ReactElement {
  return (
    <Modal
      open={secret !== undefined}
      title={title}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      destroyOnHidden
      footer={
        <Button type="primary" onClick={onClose}>
          {done}
        </Button>
      }
    >
      {secret && (
        <div className="secret-once">
          <p>{help}</p>
          <Command label={secret.label} text={secret.text} />
        </div>
      )}
      {children}
    </Modal>
  );
}
