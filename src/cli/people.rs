//! `yimi people`: accounts, for whoever looks after the database. Passwords come by a one-time link or from standard input,
//! never as an argument, which other programs on the machine could read.

use super::{CliError, Common};
use crate::auth::{Role, account, password};
use crate::http::link_address;
use crate::registry::people::{NewLink, NewPerson, PeopleError, add, link, roles_of};
use crate::store::Store;
use crate::text::fold;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;
use std::io::Read;
use std::process::ExitCode;

/// Who stands in the log.
const WHO: &str = "yimi people";
/// More than any password has, and little enough to be read.
const MOST_INPUT: u64 = 4096;

/// People with an account
#[derive(Debug, Subcommand)]
pub enum People {
    /// 添加账号,输出一次性链接 | Add an account; prints the one-time link by which its password is set
    Add(Add),
    /// 列出账号 | List the accounts
    List {
        /// 以 JSON 输出 | Print JSON
        #[arg(long)]
        json: bool,
    },
    /// 重设密码的一次性链接 | A one-time link to set a new password
    Link {
        /// 账号 | The account
        account: String,
    },
}

#[derive(Debug, Args)]
pub struct Add {
    /// 账号:字母、数字、点、短横或汉字 | What they sign in with
    account: String,
    /// 姓名 | What they are called; usually the account
    #[arg(long)]
    name: Option<String>,
    /// 角色,可重复 | What they are; may be given several times
    #[arg(long = "role", value_enum, required = true)]
    roles: Vec<RoleName>,
    /// 所属单位的编号(填报员必填) | The id of their unit; a member has one
    #[arg(long)]
    unit: Option<String>,
    /// 从标准输入读密码,不输出链接 | Read the password from standard input instead of printing a link
    #[arg(long)]
    password_stdin: bool,
}

/// A role as an option.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum RoleName {
    /// 填报员 | registers the sites of their unit
    Member,
    /// 审核员 | publishes and returns
    Reviewer,
    /// 规划员 | scenarios and siting
    Planner,
    /// 管理员 | people, units, audit
    Administrator,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Member => Self::Member,
            RoleName::Reviewer => Self::Reviewer,
            RoleName::Planner => Self::Planner,
            RoleName::Administrator => Self::Administrator,
        }
    }
}

impl People {
    pub(super) async fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        match self {
            Self::Add(add) => add.run(common).await,
            Self::List { json } => list(&Store::open(&common.database).await?, json).await,
            Self::Link { account } => {
                let store = Store::open(&common.database).await?;
                let person = store.person_by_account(&fold(&account)).await?;
                let person = person.ok_or_else(|| input(&account, "没有这个账号", "no such account"))?;
                print_link(&link(&store, person.id, WHO).await.map_err(told)?);
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

impl Add {
    async fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let (store, rules) = common.open().await?;
        let account = account(&self.account).ok_or_else(|| {
            input(
                &self.account,
                "账号应为 2 到 40 个字母、数字、点、短横或汉字",
                "an account is 2 to 40 letters, digits, dots, hyphens or Han",
            )
        })?;
        let name = self.name.unwrap_or_else(|| self.account.clone()).trim().to_owned();
        let hash = if self.password_stdin {
            let unit = match &self.unit {
                Some(id) => store.unit(id).await?.map(|unit| unit.name),
                None => None,
            };
            let (full, initials) = rules.readings.of(&fold(unit.as_deref().unwrap_or_default()));
            let readings = full.split(' ').chain(initials.split(' '));
            let known = [account.as_str(), &name, unit.as_deref().unwrap_or_default()].into_iter().chain(readings);
            let password = from_standard_input()?;
            rules.passwords.check(&password, known).map_err(|why| CliError::Input(why.to_string()))?;
            Some(password::hash(&password).map_err(|error| CliError::Input(error.to_string()))?)
        } else {
            None
        };
        let new = NewPerson { account, name, unit: self.unit, roles: self.roles.into_iter().map(Role::from).collect() };
        let (person, link) = add(&store, new, hash, WHO).await.map_err(told)?;
        store.close().await;
        match link {
            Some(link) => print_link(&link),
            None => eprintln!("已添加 {} | added {}", person.account, person.account),
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// One line without its end.
fn from_standard_input() -> Result<String, CliError> {
    let mut text = String::new();
    let read = std::io::stdin().take(MOST_INPUT).read_to_string(&mut text);
    read.map_err(|error| CliError::Input(format!("无法读取密码 | the password can't be read: {error}")))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

/// The link on standard output, what to do with it beside it.
fn print_link(link: &NewLink) {
    eprintln!(
        "一次性链接(接在网站地址之后),{} 前有效 | one-time link below the site's address, until {}",
        link.expires, link.expires
    );
    println!("{}", link_address(&link.token));
}

async fn list(store: &Store, as_json: bool) -> Result<ExitCode, CliError> {
    let people = store.people().await?;
    if as_json {
        let told = people.iter().map(|person| {
            json!({
                "id": person.id, "account": person.account, "name": person.name, "unit": person.unit,
                "roles": roles_of(person), "active": person.active, "has_password": person.password_hash.is_some(),
            })
        });
        return super::print_json(json!({ "people": told.collect::<Vec<_>>() }).to_string().as_bytes());
    }
    for person in &people {
        let roles =
            roles_of(person).iter().map(|role| json!(role).as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>();
        let standing = match (person.active, person.password_hash.is_some()) {
            (false, _) => "  已停用 | not active",
            (true, false) => "  未设密码 | no password yet",
            (true, true) => "",
        };
        let unit = person.unit.as_deref().unwrap_or("-");
        println!("{}  {}  {unit}  {}{standing}", person.account, person.name, roles.join(","));
    }
    eprintln!("{} 个账号 | {} accounts", people.len(), people.len());
    Ok(ExitCode::SUCCESS)
}

fn input(found: &str, zh: &str, en: &str) -> CliError {
    CliError::Input(format!("\"{found}\": {zh} | {en}"))
}

fn told(error: PeopleError) -> CliError {
    match error {
        PeopleError::Store(error) => error.into(),
        PeopleError::Random(error) => CliError::Other(error.into()),
        PeopleError::Taken(account) => input(&account, "已有这个账号", "somebody has this account"),
        PeopleError::NoUnit(id) => input(&id, "没有这个编号的单位", "no unit has this id; yimi units list tells them"),
        PeopleError::UnitNeeded => input("--unit", "填报员须有单位", "a member has a unit"),
        other => CliError::Input(other.to_string()),
    }
}
