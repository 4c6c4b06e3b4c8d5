use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{Method, NoBody, Operation, open_enum::open_enum};

/// A plan with its credits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Subscription {
    /// The credits.
    pub credits: Credits,
    /// The plan.
    pub plan: Plan,
}

impl Subscription {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(credits: Credits, plan: Plan) -> Self {
        Self { credits, plan }
    }
}

/// The credits of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Credits {
    /// Credits that were bought beside the plan.
    #[serde(default)]
    pub add_on_credits: Option<CreditBalance>,
    /// Credits of the plan.
    #[serde(default)]
    pub premium_credits: Option<CreditBalance>,
}

impl Credits {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            add_on_credits: None,
            premium_credits: None,
        }
    }
}

/// Credits of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CreditBalance {
    /// How many are left.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub remaining: Option<i64>,
    /// When they are filled up again.
    #[serde(default)]
    pub resets_at: Option<String>,
}

impl CreditBalance {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            remaining: None,
            resets_at: None,
        }
    }
}

/// An account that pays by use.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UsageBased {
    /// How many credits are included.
    #[serde(default)]
    pub included_credits: Option<f64>,
    /// How many credits are left.
    #[serde(default)]
    pub remaining_credits: Option<f64>,
    /// The most that may be spent, in US dollars.
    #[serde(default)]
    pub spending_cap_usd: Option<f64>,
    /// What has been spent, in US dollars.
    #[serde(default)]
    pub spending_current_usd: Option<f64>,
}

impl UsageBased {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            included_credits: None,
            remaining_credits: None,
            spending_cap_usd: None,
            spending_current_usd: None,
        }
    }
}

/// A prepaid balance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Wallet {
    /// What the balance is counted in.
    pub currency: Currency,
    /// Whether, when and by how much it fills itself up.
    #[serde(default)]
    pub auto_reload: Option<AutoReload>,
    /// What is left of the balance.
    #[serde(default)]
    pub remaining_balance: Option<f64>,
}

impl Wallet {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(currency: Currency) -> Self {
        Self {
            currency,
            auto_reload: None,
            remaining_balance: None,
        }
    }
}

/// When a wallet fills itself up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AutoReload {
    /// Whether the wallet fills itself up.
    pub enabled: bool,
    /// What is added, in US dollars.
    #[serde(default)]
    pub amount_usd: Option<f64>,
    /// The balance below which it happens, in US dollars.
    #[serde(default)]
    pub threshold_usd: Option<f64>,
}

impl AutoReload {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(enabled: bool) -> Self {
        Self {
            enabled,
            amount_usd: None,
            threshold_usd: None,
        }
    }
}

/// `GET /v3/users/me`: who the credential belongs to; the usual check of a key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetCurrentUser {}

impl GetCurrentUser {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {}
    }
}

impl Operation for GetCurrentUser {
    const ID: &'static str = "users.me.get";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/users/me";

    type Body = NoBody;
    type Response = User;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }
}

/// The user whom the credential belongs to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct User {
    /// The e-mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// The first name.
    #[serde(default)]
    pub first_name: Option<String>,
    /// The last name.
    #[serde(default)]
    pub last_name: Option<String>,
    /// The username.
    pub username: String,
    /// What the account pays with; it says which of the three fields below is filled.
    #[serde(default)]
    pub billing_type: Option<BillingType>,
    /// The plan, when there is one.
    #[serde(default)]
    pub subscription: Option<Subscription>,
    /// What the account has used, when it pays by use.
    #[serde(default)]
    pub usage_based: Option<UsageBased>,
    /// The prepaid balance, when there is one.
    #[serde(default)]
    pub wallet: Option<Wallet>,
}

impl User {
    /// Makes one of the fields that are always there.
    pub fn new(username: impl Into<String>) -> Self {
        Self {
            email: None,
            first_name: None,
            last_name: None,
            username: username.into(),
            billing_type: None,
            subscription: None,
            usage_based: None,
            wallet: None,
        }
    }
}

open_enum! {
    /// What the account pays with.
    BillingType {
        /// A prepaid balance.
        Wallet = "wallet",
        /// A plan with credits.
        Subscription = "subscription",
        /// By use.
        UsageBased = "usage_based",
    }
}

open_enum! {
    /// The plan of a subscription.
    Plan {
        /// Free.
        Free = "free",
        /// Starter.
        Starter = "starter",
        /// Creator.
        Creator = "creator",
        /// Pro.
        Pro = "pro",
        /// Team.
        Team = "team",
        /// Enterprise.
        Enterprise = "enterprise",
        /// Business Plus.
        BusinessPlus = "business_plus",
    }
}

open_enum! {
    /// What a balance is counted in.
    Currency {
        /// US dollars.
        Usd = "usd",
        /// Credits.
        Credits = "credits",
    }
}
