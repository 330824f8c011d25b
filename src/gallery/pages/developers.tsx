import type { ComponentChildren } from 'preact';
import { Layout } from '../../web/layout.tsx';
import { href, type PageContext } from '../../web/page.ts';
import type { DeveloperCode } from './developer-code.ts';
import { Code } from './kit-snippets.tsx';

export interface DevelopersPageProps {
  page: PageContext;
  code: DeveloperCode;
}

type Part = 'gallery' | 'fields' | 'pages' | 'cache' | 'duty' | 'hooks' | 'limits';

/** For volunteers who build a site around the gallery: what to call, and what they owe. */
export function DevelopersPage({ page, code }: DevelopersPageProps) {
  const { say } = page;
  const sample = (name: keyof DeveloperCode, label: string) => (
    <Code say={say} name={name} label={label} text={code[name]} />
  );
  return (
    <Layout page={page} title={say('dev.title')} script="kit">
      <h1>{say('dev.title')}</h1>
      <p class="lead">{say('dev.lead')}</p>
      <p>
        {say('dev.kit')} <a href={href(page, '/embed/kit')}>{say('dev.kit.link')}</a>
      </p>
      <p>
        <a href="/docs">{say('dev.docs.link')}</a> · <a href="/openapi.json">OpenAPI</a>
      </p>
      <Section page={page} part="gallery">
        {sample('curl', 'curl')}
        {sample('fetch', 'JavaScript')}
        <p>
          {say('dev.gallery.slugs')} <a href="/api/v1/embassies">/api/v1/embassies</a>
        </p>
      </Section>
      <Section page={page} part="fields">
        {sample('fields', 'curl')}
      </Section>
      <Section page={page} part="pages">
        {sample('pages', 'JavaScript')}
      </Section>
      <Section page={page} part="cache">
        {sample('etag', 'curl')}
      </Section>
      <Section page={page} part="duty">
        <ol class="numbered">
          {(['one', 'two', 'three', 'four'] as const).map((step) => (
            <li key={step}>{say(`dev.changes.${step}`)}</li>
          ))}
        </ol>
        {sample('begin', 'curl')}
        {sample('follow', 'JavaScript')}
      </Section>
      <Section page={page} part="hooks">
        {sample('hook', 'HTTP')}
        <p>{say('dev.hooks.verify')}</p>
        {sample('verifyJs', 'JavaScript (Node.js)')}
        {sample('verifyPhp', 'PHP')}
      </Section>
      <Section page={page} part="limits" />
    </Layout>
  );
}

interface SectionProps {
  page: PageContext;
  part: Part;
  children?: ComponentChildren;
}

function Section({ page: { say }, part, children }: SectionProps) {
  return (
    <section id={part}>
      <h2>{say(`dev.${part}.title`)}</h2>
      <p>{say(`dev.${part}.text`)}</p>
      {children}
    </section>
  );
}
