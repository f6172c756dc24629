// Prints the text of a PDF as pdf.js or MuPDF reads it, page by page: node pdf_text.mjs READER FILE
import fs from "node:fs";

async function pdfjs(data) {
  const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const pdf = await getDocument({ data: new Uint8Array(data), verbosity: 0 }).promise;
  const pages = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    pages.push(items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join(""));
  }
  return pages;
}

async function mupdf(data) {
  const { Document } = await import("mupdf");
  const pdf = Document.openDocument(data, "application/pdf");
  const pages = [];
  for (let number = 0; number < pdf.countPages(); number++) {
    pages.push(pdf.loadPage(number).toStructuredText("preserve-whitespace").asText());
  }
  return pages;
}

const [reader, file] = process.argv.slice(2);
process.stdout.write((await { pdfjs, mupdf }[reader](fs.readFileSync(file))).join("\f"));
