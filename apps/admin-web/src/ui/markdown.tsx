import type { ReactElement } from 'react';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import './markdown.css';

/** Tables, crossed out, task lists. */
const PLUGINS = [remarkGfm];

/**
 * Somebody else's Markdown, as GitHub and npm show it. HTML in it is not drawn, pictures are not loaded (they would tell their server who reads), and
 * links open elsewhere. Its headings stand below one of the second level.
 */
export function Markdown({ text }: { text: string }): ReactElement {
  return (
    // Packages speak English of themselves; a screen reader of another language is told so.
    <div className="markdown" lang="en">
      <ReactMarkdown
        skipHtml
        remarkPlugins={PLUGINS}
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
          // A wide one scrolls by itself, also from the keyboard.
          th: ({ children }) => (children === undefined ? <td /> : <th scope="col">{children}</th>),
          table: ({ children }) => (
            <div className="table-scroll" tabIndex={0}>
              <table>{children}</table>
            </div>
          ),
        }}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}
