import type { ReactElement } from 'react';
import ReactMarkdown from 'react-markdown';
import './markdown.css';

/**
 * Somebody else's Markdown. HTML in it is not drawn, pictures are not loaded (they would tell their server who reads), and
 * links open elsewhere. Its headings stand below one of the second level.
 */
export function Markdown({ text }: { text: string }): ReactElement {
  return (
    <div className="markdown">
      <ReactMarkdown
        skipHtml
        disallowedElements={['img']}
        components={{
          h1: 'h3',
          h2: 'h3',
          h3: 'h4',
          h4: 'h5',
          a: ({ href, children }) =>
            /^https?:/.test(href ?? '') ? (
              <a href={href} target="_blank" rel="noreferrer">
                {children}
              </a>
            ) : (
              // Relative ones lead into the package, where nothing is served.
              <span>{children}</span>
            ),
          pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
        }}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}
