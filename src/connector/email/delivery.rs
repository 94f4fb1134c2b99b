//! The delivery of a mail: one connection, one conversation in SMTP.

use super::config::{Connection, Security};
use super::line::Line;
use super::problem::Problem;
use crate::connector::stream::Stream;
use lettre::Message;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::extension::ClientId;

/// Hands a mail to a server, over a connection of its own.
///
/// # Errors
/// A server that cannot be reached, or does not take the mail.
pub async fn deliver(connection: &Connection, mail: &Message) -> Result<(), Problem> {
    let credentials = credentials(connection)?;
    let hello = connection.hello.clone().map_or_else(ClientId::default, ClientId::Domain);
    let line = open(connection, &hello).await?;
    let opened = AsyncSmtpConnection::connect_with_transport(Box::new(line), &hello).await;
    let mut session = opened.map_err(|refusal| Problem::refused(&refusal))?;
    // A server that asks for no names gets none, as JavaMail does.
    let asks = session.server_info().get_auth_mechanism(DEFAULT_MECHANISMS).is_some();
    if let (Some(credentials), true) = (credentials, asks) {
        let admitted = session.auth(DEFAULT_MECHANISMS, &credentials).await;
        admitted.map_err(|refusal| Problem::stranger(&refusal))?;
    }
    let sent = session.send(mail.envelope(), &mail.formatted()).await;
    sent.map_err(|refusal| Problem::refused(&refusal))?;
    // The mail is with the server, whatever becomes of the connection.
    let _ = session.quit().await;
    Ok(())
}

/// What the server is told of who sends.
fn credentials(connection: &Connection) -> Result<Option<Credentials>, Problem> {
    match (&connection.user, &connection.password) {
        (Some(user), Some(password)) => Ok(Some(Credentials::new(user.clone(), password.clone()))),
        (None, None) => Ok(None),
        (None, Some(_)) => Err(Problem::credentials("Password provided but username was not specified.")),
        (Some(_), None) => Err(Problem::credentials("Username provided but password was not specified.")),
    }
}

async fn open(connection: &Connection, hello: &ClientId) -> Result<Line, Problem> {
    let (host, patience) = (&connection.host, connection.patience);
    let stream = Line::open(host, connection.port, patience).await?;
    match &connection.security {
        Security::None => Ok(Line::new(Stream::Plain(stream), patience)),
        Security::Tls(tls) => Line::secure(stream, host, tls.clone(), patience).await,
        Security::StartTls { tls, must } => {
            Line::start_tls(stream, host, &hello.to_string(), tls.clone(), (patience, *must)).await
        }
    }
}
