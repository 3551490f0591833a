// A schema of a run's own on a PostgreSQL server, dropped with everything in it afterwards.

import pg from "pg";

const SERVER = process.env.THAO_TEST_POSTGRES ?? "postgres://postgres@127.0.0.1:5432/test";

/** Makes the schema; `url` leads into it. */
export async function schema() {
  const name = `story_${Date.now()}_${process.pid}`;
  await tell(`CREATE SCHEMA ${name}`);
  const url = new URL(SERVER);
  const settings = [
    ["options", `-csearch_path=${name}`],
    ["sslmode", url.searchParams.get("sslmode") ?? "disable"],
  ];
  url.search = settings.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&");
  return { url: url.href, remove: () => tell(`DROP SCHEMA ${name} CASCADE`) };
}

async function tell(sql) {
  const client = new pg.Client({ connectionString: SERVER });
  await client.connect().catch((e) => {
    throw new Error(`PostgreSQL does not answer (THAO_TEST_POSTGRES names another server): ${e.message}`);
  });
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
