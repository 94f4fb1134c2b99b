//! Mails: a body, attachments, and the headers around them (mule-email-connector `MessageBuilder`).

use super::problem::Problem;
use crate::flow::event::Typed;
use crate::format::MediaType;
use lettre::Message;
use lettre::message::header::{ContentDisposition, ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MaybeString, MessageBuilder, MultiPart, SinglePart};

/// What a mail is made from.
pub struct Draft {
    pub from: String,
    pub to: Vec<String>,
    pub cc: Vec<String>,
    pub bcc: Vec<String>,
    pub reply_to: Vec<String>,
    pub subject: String,
    /// Further headers.
    pub headers: Vec<(String, String)>,
    pub body: Content,
    /// The attachments by their names.
    pub attachments: Vec<(String, Content)>,
}

/// A body or an attachment.
pub struct Content {
    pub value: Typed,
    /// What it is told to be.
    pub media: MediaType,
    /// How it goes over the wire.
    pub encoding: ContentTransferEncoding,
}

/// How content goes over the wire.
///
/// # Errors
/// `EMAIL:SEND` for a word that says no such thing.
pub fn transfer_encoding(word: &str) -> Result<ContentTransferEncoding, Problem> {
    Ok(match word.trim().to_ascii_uppercase().as_str() {
        "BASE64" => ContentTransferEncoding::Base64,
        "QUOTED-PRINTABLE" => ContentTransferEncoding::QuotedPrintable,
        "8BIT" => ContentTransferEncoding::EightBit,
        "7BIT" => ContentTransferEncoding::SevenBit,
        "BINARY" => ContentTransferEncoding::Binary,
        _ => return Err(Problem::send(&format!("unknown content transfer encoding '{word}'"))),
    })
}

impl Draft {
    /// The mail.
    ///
    /// # Errors
    /// `EMAIL:SEND` for what no mail can have, `EMAIL:ATTACHMENT` for such an attachment.
    pub fn mail(self) -> Result<Message, Problem> {
        if self.to.is_empty() && self.cc.is_empty() && self.bcc.is_empty() {
            return Err(Problem::send("No recipient addresses"));
        }
        let mut builder = Message::builder().from(mailbox(&self.from)?).subject(self.subject).message_id(None);
        type Put = fn(MessageBuilder, Mailbox) -> MessageBuilder;
        let lists: [(&[String], Put); 4] = [
            (&self.to, MessageBuilder::to),
            (&self.cc, MessageBuilder::cc),
            (&self.bcc, MessageBuilder::bcc),
            (&self.reply_to, MessageBuilder::reply_to),
        ];
        for (addresses, put) in lists {
            for address in addresses {
                builder = put(builder, mailbox(address)?);
            }
        }
        for (name, value) in self.headers {
            builder = builder.raw_header(header(name, value)?);
        }
        let body = part(self.body, ContentDisposition::inline()).map_err(|why| Problem::send(&why))?;
        let made = if self.attachments.is_empty() {
            builder.singlepart(body)
        } else {
            builder.multipart(with_attachments(body, self.attachments)?)
        };
        made.map_err(|e| Problem::send(&e.to_string()))
    }
}

fn with_attachments(body: SinglePart, attachments: Vec<(String, Content)>) -> Result<MultiPart, Problem> {
    let mut all = MultiPart::mixed().singlepart(body);
    for (name, content) in attachments {
        let disposition = ContentDisposition::attachment(&one_line(&name));
        all = all.singlepart(part(content, disposition).map_err(|why| Problem::attachment(&name, &why))?);
    }
    Ok(all)
}

/// A part of a mail. Content that the wanted encoding cannot hold goes as Base64, which holds everything.
fn part(content: Content, disposition: ContentDisposition) -> Result<SinglePart, String> {
    let bytes = content.value.to_bytes().map_err(|fault| fault.to_string())?;
    let media = content.media.to_string();
    let media = ContentType::parse(&media).map_err(|e| format!("'{media}' is no content type: {e}"))?;
    let body = match Body::new_with_encoding(as_lines(bytes.to_vec(), content.encoding), content.encoding) {
        Ok(body) => body,
        Err(bytes) => Body::new_with_encoding(bytes, ContentTransferEncoding::Base64)
            .map_err(|_| "the content cannot be encoded".to_string())?,
    };
    Ok(SinglePart::builder().header(media).header(disposition).body(body))
}

/// Text as lines where it goes as such; what else there is stays as it is to the byte.
fn as_lines(bytes: Vec<u8>, encoding: ContentTransferEncoding) -> MaybeString {
    if matches!(encoding, ContentTransferEncoding::Base64 | ContentTransferEncoding::Binary) {
        return MaybeString::Binary(bytes);
    }
    String::from_utf8(bytes).map_or_else(|e| MaybeString::Binary(e.into_bytes()), MaybeString::String)
}

fn mailbox(address: &str) -> Result<Mailbox, Problem> {
    let read = address.trim().parse::<Mailbox>();
    read.map_err(|e| Problem::send(&format!("Error while creating {address} InternetAddress: {e}")))
}

fn header(name: String, value: String) -> Result<HeaderValue, Problem> {
    if value.contains(['\r', '\n']) {
        return Err(Problem::send(&format!("the header '{name}' has more than one line")));
    }
    let known = HeaderName::new_from_ascii(name.clone());
    let known = known.map_err(|_| Problem::send(&format!("'{name}' is no name of a header")))?;
    Ok(HeaderValue::new(known, value))
}

/// A text without line breaks.
fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::event::media;

    fn content(text: &str, media_type: &str, encoding: ContentTransferEncoding) -> Content {
        let media = media(media_type);
        Content { value: Typed::literal(text).with_media(media.clone()), media, encoding }
    }

    fn draft(text: &str, media: &str, encoding: ContentTransferEncoding) -> Draft {
        Draft {
            from: "Ann <ann@corner.example>".into(),
            to: vec!["bob@corner.example".into()],
            cc: Vec::new(),
            bcc: vec!["boss@corner.example".into()],
            reply_to: Vec::new(),
            subject: "Grüße".into(),
            headers: vec![("X-Shop".into(), "7".into())],
            body: content(text, media, encoding),
            attachments: Vec::new(),
        }
    }

    fn text_of(draft: Draft) -> String {
        String::from_utf8(draft.mail().unwrap().formatted()).unwrap()
    }

    #[test]
    fn bodies_are_encoded_as_said() {
        for (encoding, text, want) in [
            ("Base64", "Olá", "Content-Transfer-Encoding: base64\r\n\r\nT2zDoQ=="),
            ("quoted-printable", "Olá", "Content-Transfer-Encoding: quoted-printable\r\n\r\nOl=C3=A1"),
            ("8bit", "Olá", "Content-Transfer-Encoding: 8bit\r\n\r\nOlá"),
            ("7BIT", "Ola", "Content-Transfer-Encoding: 7bit\r\n\r\nOla"),
            ("7BIT", "Olá", "Content-Transfer-Encoding: base64\r\n\r\nT2zDoQ=="),
        ] {
            let encoding = transfer_encoding(encoding).unwrap();
            let mail = text_of(draft(text, "text/plain; charset=UTF-8", encoding));
            assert!(mail.contains(want), "{mail}");
            assert!(mail.contains("Content-Disposition: inline\r\n") && mail.contains("X-Shop: 7\r\n"), "{mail}");
            assert!(!mail.contains("boss@") && mail.contains("Subject: =?utf-8?"), "{mail}");
        }
        assert!(transfer_encoding("rot13").is_err());
        let latin = draft("Olá", "text/plain; charset=ISO-8859-1", ContentTransferEncoding::QuotedPrintable);
        assert!(text_of(latin).contains("Ol=E1"));
    }

    #[test]
    fn attachments_come_behind_the_body() {
        let mut with = draft("see below", "text/plain", ContentTransferEncoding::SevenBit);
        with.attachments.push(("a b.csv".into(), content("x,y", "text/csv", ContentTransferEncoding::SevenBit)));
        let mail = text_of(with);
        let parts = ["multipart/mixed", "see below", "Content-Disposition: attachment; filename=\"a b.csv\"", "x,y"];
        let places: Vec<_> =
            parts.iter().map(|part| mail.find(part).unwrap_or_else(|| panic!("{part}: {mail}"))).collect();
        assert!(places.is_sorted(), "{mail}");
    }

    #[test]
    fn nobody_adds_lines_to_the_headers() {
        let change: [fn(&mut Draft); 5] = [
            |draft| draft.headers[0].1 = "7\r\nBcc: all@corner.example".into(),
            |draft| draft.headers[0].0 = "X Shop".into(),
            |draft| draft.to = vec!["bob@corner.example\r\nBcc: all@corner.example".into()],
            |draft| draft.from = "nobody".into(),
            |draft| (draft.to, draft.bcc) = (Vec::new(), Vec::new()),
        ];
        for change in change {
            let mut wrong = draft("x", "text/plain", ContentTransferEncoding::SevenBit);
            change(&mut wrong);
            assert!(wrong.mail().is_err());
        }
        let mut sly = draft("x", "text/plain", ContentTransferEncoding::SevenBit);
        sly.subject = "hello\r\nBcc: all@corner.example".into();
        assert!(!text_of(sly).contains("\r\nBcc:"));
    }
}
