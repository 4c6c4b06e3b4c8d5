//! Who the credential belongs to: the `users.*` operations.

mod get_current;

pub use get_current::{
    AutoReload, BillingType, CreditBalance, Credits, Currency, GetCurrentUser, Plan, Subscription,
    UsageBased, User, Wallet,
};
