//! What a listener does with a file after its flow.

use super::attributes::Attributes;
use super::system::Folder;
use super::transfer;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind};

/// `autoDelete`
pub const AUTO_DELETE: Attribute =
    Attribute::default("autoDelete", Kind::Boolean, "false", "Whether a file is deleted after the flow.");
/// `moveToDirectory`
pub const MOVE_TO: Attribute =
    Attribute::new("moveToDirectory", Kind::Value, "The folder that a file is moved to after the flow.");
/// `renameTo`
pub const RENAME_TO: Attribute =
    Attribute::new("renameTo", Kind::Value, "The name that a file gets when it is moved, or in its place.");
/// `applyPostActionWhenFailed`
pub const WHEN_FAILED: Attribute = Attribute::default(
    "applyPostActionWhenFailed",
    Kind::Boolean,
    "true",
    "Whether a file is deleted or moved after a flow that failed as well.",
);
/// `overwrite`
pub const OVERWRITE: Attribute = Attribute::default(
    "overwrite",
    Kind::Boolean,
    "false",
    "Whether a file that is moved takes the place of another one of its name.",
);

/// What is done with a file after its flow.
pub struct After {
    deletes: bool,
    move_to: Option<Expression>,
    rename_to: Option<Expression>,
    when_failed: bool,
    overwrites: bool,
}

impl After {
    /// What the attributes of a listener say.
    pub fn of(node: &Node<'_>) -> Self {
        Self {
            deletes: node.boolean(AUTO_DELETE.name),
            move_to: node.value(MOVE_TO.name),
            rename_to: node.value(RENAME_TO.name),
            when_failed: node.boolean(WHEN_FAILED.name),
            overwrites: node.boolean(OVERWRITE.name),
        }
    }

    /// Does it; the expressions see what the flow ended with. Moving wins over deleting.
    ///
    /// # Errors
    /// An expression that fails, a file that cannot be moved.
    pub async fn apply(&self, event: &Event, folder: &Folder, file: Attributes, failed: bool) -> Result<(), Error> {
        if failed && !self.when_failed {
            return Ok(());
        }
        let text = |expression: &Option<Expression>| match expression {
            Some(expression) => expression.text(event),
            None => Ok(None),
        };
        let (target, name) = (text(&self.move_to)?, text(&self.rename_to)?);
        let (deletes, overwrites) = (self.deletes, self.overwrites);
        if target.is_none() && name.is_none() && !deletes {
            return Ok(());
        }
        let done = folder.work(event, move |folder| match (target, name) {
            (Some(target), name) => transfer::move_into(folder, &file, &target, name, overwrites),
            (None, Some(name)) => transfer::new_name(folder, &file, &name, overwrites),
            (None, None) => folder.remove(&file),
        });
        done.await
    }
}
