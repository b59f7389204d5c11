// Reads a feed on stdin, and prints what @rowanmanning/feed-parser finds in it.
import { parseFeed } from "@rowanmanning/feed-parser";
import { text } from "node:stream/consumers";

const feed = parseFeed(await text(process.stdin));
process.stdout.write(JSON.stringify({
  format: `${feed.meta.type} ${feed.meta.version}`,
  title: feed.title,
  self: feed.self,
  url: feed.url,
  updated: feed.updated,
  authors: feed.authors.map(author => author.name),
  items: feed.items.map(item => ({
    id: item.id,
    title: item.title,
    url: item.url,
    published: item.published,
    updated: item.updated,
    description: item.description,
    content: item.content,
    authors: item.authors.map(author => author.name),
    categories: item.categories.map(category => category.term),
  })),
}));
